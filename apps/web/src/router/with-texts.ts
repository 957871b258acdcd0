import type { Component } from 'vue';
import { openChapter } from '../locales';
import type { Chapter } from '../locales/chapters';

/** A page with the chapters of texts that it needs. */
export function withTexts(load: () => Promise<{ default: Component }>, ...chapters: Chapter[]) {
  return async () => {
    const [page] = await Promise.all([load(), ...chapters.map(openChapter)]);
    return page;
  };
}
