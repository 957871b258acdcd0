import { defineStore } from 'pinia';
import { ref } from 'vue';

/** What the person opened in this tab since it loaded. */
export const useVisitStore = defineStore('visit', () => ({
  /** Navigations, also those whose page has not loaded yet. */
  navigations: ref(0),
  pageSeen: ref(false),
}));
