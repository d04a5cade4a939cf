"""Reminders by mail: what is due (`listing`), the mail about it (`mail`), its link that stops them (`links`), and
sending it once (`sending`). docs/decisions/0026-reminders.md says how."""
