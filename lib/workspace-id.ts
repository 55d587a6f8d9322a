/**
 * A workspace's name in a logical id, where only letters and digits may stand. Names have no capitals, so that
 * `a-b` and `ab`, and even `adashb`, stay apart: a logical id that two shared, or that changed, would cost a secret.
 */
export const workspaceId = (name: string): string =>
  name.replace(/^./, (first) => first.toUpperCase()).replaceAll('-', 'Dash');
