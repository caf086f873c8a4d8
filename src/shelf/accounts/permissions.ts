import type { Role } from "../store/users";

const PERMISSIONS = [
  "can_upload",
  "can_download",
  "can_edit_metadata",
  "can_delete_books",
  "can_manage_libraries",
  "can_manage_tags",
  "can_manage_series",
  "can_manage_users",
  "can_approve_bindery",
  "can_view_stats",
  "can_use_opds",
  "can_use_kosync",
  "can_share",
  "can_bulk_operations",
] as const;

type Permission = (typeof PERMISSIONS)[number];

const GRANTED: Record<Role, readonly Permission[]> = {
  guest: ["can_download", "can_use_opds"],
  member: ["can_download", "can_view_stats", "can_use_opds", "can_use_kosync"],
  admin: PERMISSIONS,
};

/** What a role may do, under the names that Tome 2.3 uses on the wire. */
export function permissionsOf(role: Role): Record<Permission, boolean> {
  const granted = GRANTED[role];
  return Object.fromEntries(PERMISSIONS.map(name => [name, granted.includes(name)])) as Record<Permission, boolean>;
}
