import type { Component } from 'vue';
import { loadMessages, type Namespace } from '.';

/** Loads a page with its messages, besides those of every page. */
export function withMessages(load: () => Promise<{ default: Component }>, ...namespaces: Namespace[]) {
  return async () => {
    const [page] = await Promise.all([load(), ...namespaces.map(loadMessages)]);
    return page;
  };
}
