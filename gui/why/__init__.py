"""Why does a layer stand as it does? Its rules, one by one."""
