/** What a structure asks of its people's sign-ins, beyond what the deployment asks of everybody: never less. */
export interface StructurePolicy {
  /** No code by SMS (ANSSI PG-078, R8 advises against it). */
  smsForbidden: boolean;
  /** Once a number is proved, mail is no longer a way. */
  mailFirstTimeOnly: boolean;
  /** At most so many hours does a code hold, 0 to 24; null: as long as the deployment says. */
  codeWindowHours: number | null;
  /** From then on only Pro Santé Connect signs in; null: never. */
  proSanteConnectFrom: Date | null;
}

/** For people of no structure, and for a structure that asks nothing more. */
export const NO_POLICY: StructurePolicy = Object.freeze({
  smsForbidden: false,
  mailFirstTimeOnly: false,
  codeWindowHours: null,
  proSanteConnectFrom: null,
});

/** The columns of `structure` that hold it. */
export interface PolicyRow {
  smsForbidden: number | boolean | null;
  mailFirstTimeOnly: number | boolean | null;
  codeWindowHours: number | null;
  proSanteConnectFromAt: Date | null;
}

export const POLICY_COLUMNS = [
  'smsForbidden',
  'mailFirstTimeOnly',
  'codeWindowHours',
  'proSanteConnectFromAt',
];

export function toPolicy(row: PolicyRow): StructurePolicy {
  return {
    smsForbidden: Boolean(row.smsForbidden),
    mailFirstTimeOnly: Boolean(row.mailFirstTimeOnly),
    codeWindowHours: row.codeWindowHours === null ? null : Number(row.codeWindowHours),
    proSanteConnectFrom: row.proSanteConnectFromAt,
  };
}
