import type { Action } from './declaration.ts';

const table = new Map<string, Action>();

/** Adds actions to the one table that routes, help, the OpenAPI page and the command line are made from. */
export function registerActions(actions: Iterable<Action>): void {
  for (const action of actions) {
    if (table.has(action.name)) throw new Error(`There are two actions ${action.name}`);
    table.set(action.name, action);
  }
}

export const findAction = (name: string): Action | undefined => table.get(name);

export const allActions = (): Action[] => [...table.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
