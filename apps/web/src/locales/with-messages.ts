import type { Component } from 'vue';
import { loadMessages, type Namespace } from '.';

/** A page with the messages that it needs beside those of every page. */
export function withMessages(load: () => Promise<{ default: Component }>, ...namespaces: Namespace[]) {
  return async () => {
    const [page] = await Promise.all([load(), ...namespaces.map(loadMessages)]);
    return page;
  };
}
