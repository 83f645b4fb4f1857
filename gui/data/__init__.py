"""What market data are there, is anything odd about them, and which import is to be taken back?"""
