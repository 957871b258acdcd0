import { ref } from 'vue';

/** The outages that a person dismissed, in memory only. */
export const dismissed = ref('');
