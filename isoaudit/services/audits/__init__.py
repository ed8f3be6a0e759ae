"""Audits: reading them, their life from plan to notice, their lists and their history.

Planning is in `services.programmes`, answering in `services.sync`, what an audit raises in `services.nonconformities`.
"""
