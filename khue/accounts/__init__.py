"""Users, roles, memberships, delegation, sign-in."""
