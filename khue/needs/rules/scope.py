"""What people may do about needs and rounds, by the names of `processes/roles.toml`."""

SEE, WRITE, TRIAGE, ROUND_SEE, ROUND = "need:see", "need:write", "need:triage", "round:see", "round:manage"
