import type { Role } from '../../../../api/types';
import { usualUsername, wholeName } from './account-form';

export const INVITE_FIELDS = ['lastName', 'firstName', 'email', 'username', 'role'] as const;
export type InviteField = (typeof INVITE_FIELDS)[number];
export type InviteFault = 'required' | 'format' | 'taken' | 'choice';

/** One person to invite, as a line of the grid. */
export interface InviteRow extends Record<InviteField, string> {
  id: string;
  role: Role | '';
  /** Cells that lost the focus: their errors stay visible. */
  left: InviteField[];
  /** Cells that the API refused, until they change. */
  refused: Partial<Record<InviteField, InviteFault>>;
  /** Problem code of the API for the whole line. */
  problem: string;
  sent: boolean;
}
/** Proposals while the field is empty. */
interface Proposed {
  username: string;
  email: string;
}

const EMAIL = /^[^\s@]+@[^\s@.]+(?:\.[^\s@.]+)+$/;

/** `number`: unique in the grid. */
export function emptyRow(number: number): InviteRow {
  return {
    id: `row-${number}`,
    lastName: '',
    firstName: '',
    email: '',
    username: '',
    role: 'professional',
    left: [],
    refused: {},
    problem: '',
    sent: false,
  };
}

const typedFields = ({ lastName, firstName, email, username }: InviteRow) =>
  [lastName, firstName, email, username].map((text) => text.trim());
export const isBlank = (row: InviteRow): boolean => typedFields(row).every((text) => !text);
export const nameOf = ({ firstName, lastName }: Pick<InviteRow, 'firstName' | 'lastName'>): string =>
  wholeName({ givenName: firstName, familyName: lastName });

/** Proposed user name and address for this name. */
export function proposalFor(row: Pick<InviteRow, 'firstName' | 'lastName'>, domain: string): Proposed {
  const username = usualUsername(nameOf(row));
  return { username, email: username && domain ? `${username}@${domain}` : '' };
}

/** Errors of each cell of a filled line. */
export function faultsOf(
  row: InviteRow,
  rows: readonly InviteRow[],
): Partial<Record<InviteField, InviteFault>> {
  if (row.sent || isBlank(row)) return {};
  const faults: Partial<Record<InviteField, InviteFault>> = { ...row.refused };
  const isTwice = rows.some(
    (other) => other !== row && other.username.trim().toLowerCase() === row.username.trim().toLowerCase(),
  );
  if (isTwice) faults.username = 'taken';
  if (!EMAIL.test(row.email.trim())) faults.email = 'format';
  if (!row.role) faults.role = 'choice';
  for (const field of ['lastName', 'firstName', 'email', 'username'] as const)
    if (!row[field].trim()) faults[field] = 'required';
  return faults;
}

/** Most frequent domain of these addresses; nothing without any. */
export function usualDomain(addresses: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const address of addresses) {
    const domain = address.slice(address.lastIndexOf('@') + 1).toLowerCase();
    if (domain && domain !== address) counts.set(domain, (counts.get(domain) ?? 0) + 1);
  }
  return [...counts].sort((one, other) => other[1] - one[1])[0]?.[0] ?? '';
}

/** Cells copied from a spreadsheet, without heading; nothing for a single cell. */
export function cellsOf(text: string): string[][] {
  const lines = text.replace(/\r\n?/g, '\n').replace(/\n+$/, '').split('\n');
  if (lines.length === 1 && !lines[0]!.includes('\t')) return [];
  const cells = lines.map((line) => line.split('\t').map((cell) => cell.replace(/^"(.*)"$/, '$1').trim()));
  return isHeading(cells[0]!) ? cells.slice(1) : cells;
}
const HEADINGS = ['nom', 'prénom', 'prenom', 'e-mail', 'email', 'last name', 'first name', 'name'];
function isHeading(cells: string[]): boolean {
  return cells.some((cell) => HEADINGS.includes(cell.toLowerCase()));
}
