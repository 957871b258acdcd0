/** Maximum lengths that the API accepts, by field. */
export const REASON_LENGTH = 128;
export const NAME_LENGTH = 200;
export const NAME_PART_LENGTH = 99;
export const FUNCTION_LENGTH = 80;
export const USERNAME_LENGTH = 64;
export const EMAIL_LENGTH = 254;
export const STRUCTURE_NAME_LENGTH = 200;
export const WEBHOOK_NAME_LENGTH = 100;
export const WEBHOOK_URL_LENGTH = 1000;
