"""Papers for panels: the paper, its table, the return, the evidence of quality."""
