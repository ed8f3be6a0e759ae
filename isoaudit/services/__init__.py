"""The use cases: `f(session, …, by, now)`; they flush and never commit. One noun a file."""
