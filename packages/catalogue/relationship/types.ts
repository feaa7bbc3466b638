/** Forward types are stored; each has a name from the other side. */
const reverses: Record<string, string> = {
  depends_on: 'dependency_of',
  derives_from: 'has_derivation',
  links_to: 'linked_from',
  child_of: 'parent_of',
};
const forwards: Record<string, string> = Object.fromEntries(
  Object.entries(reverses).map(([forward, reverse]) => [reverse, forward]),
);

export const isForward = (type: string): boolean => Object.hasOwn(reverses, type);

/** The same relationship from the other side. */
export const reverseOf = (type: string): string => reverses[type] ?? forwards[type] ?? type;
