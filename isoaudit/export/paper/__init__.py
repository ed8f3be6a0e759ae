"""Official papers (report, minutes, letters, briefing) as blocks, the same for the writers of DOCX and PDF."""
