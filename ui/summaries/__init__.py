"""The page Summary: figures and the records behind them, documents, commentary, papers, publishing, quality."""
