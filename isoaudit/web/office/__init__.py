"""The rooms of the office: facts about units, documents, tasks, settings, data from files. One blueprint a room."""
