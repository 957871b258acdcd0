import { ref } from 'vue';

/** User name for the sign-in page: from the waiting application, or of the person who has just chosen a password. */
export const expectedUsername = ref('');
