"""Values in, bytes out: the writers of workbooks and papers."""
