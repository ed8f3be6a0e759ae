"""Bytes in, values out: readers of workbooks, CSV folders and uploaded files."""
