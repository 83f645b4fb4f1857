"""Everything on disk: the journal, market data, settings, imports and exports."""
