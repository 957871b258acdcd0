import { ref } from 'vue';

/** Whom the sign-in page is filled for: the waiting application names them, or they have just chosen a password. */
export const expectedUsername = ref('');
