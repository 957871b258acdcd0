/** Second factors that we send nothing for. */
export const OWN_FACTORS = ['totp', 'recovery-code'] as const;
export type OwnFactor = (typeof OWN_FACTORS)[number];
