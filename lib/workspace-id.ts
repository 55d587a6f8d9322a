/**
 * A workspace's name in a logical id, where only letters and digits may stand. Names have no capitals, so that
 * `a-b` and `ab`, and even `adashb`, stay apart: a logical id that two shared, or that changed, would cost a secret.
 */
export const workspaceId = (name: string): string =>
  name.replace(/^./, (first) => first.toUpperCase()).replaceAll('-', 'Dash');

/** Under it the stack has the secret with a workspace's key. */
export const secretLogicalId = (name: string): string => `ApiKeyOf${workspaceId(name)}`;

/** The same, worked out by a shell. @param variable holds the name. */
export const secretLogicalIdInShell = (variable: string): string =>
  `ApiKeyOf$(printf %s "${variable}" | awk '{ gsub(/-/, "Dash"); print toupper(substr($0, 1, 1)) substr($0, 2) }')`;
