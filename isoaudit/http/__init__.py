"""What pages and API share: sessions, sign-in, rights, errors, headers."""
