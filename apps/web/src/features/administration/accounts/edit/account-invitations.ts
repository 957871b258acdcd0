import { computed, reactive, ref, shallowRef, watch } from 'vue';
import { useI18n } from 'vue-i18n';
import { inviteAccount } from '../../../../api/administration.api';
import { ApiProblem } from '../../../../api/problem';
import type { Role } from '../../../../api/types';
import { useRights } from '../../shared/rights';
import { useColleaguesDomain } from './colleagues-domain';
import {
  cellsOf,
  emptyRow,
  faultsOf,
  INVITE_FIELDS,
  type InviteFault,
  type InviteField,
  type InviteRow,
  isBlank,
  nameOf,
  proposalFor,
} from './invite-rows';

const FIRST_ROWS = 3;
/** For more people, an administrator imports a file. */
const MOST_ROWS = 100;
/** Refusals of one person that do not affect the next. */
const OF_ONE = ['account.taken', 'validation.failed', 'permission.denied'];

/**
 * Invites several people, one request each. A refusal is shown on its line, and the run continues. A failure that
 * would stop the next request too (no network, no code given) pauses the run; typed lines stay, and no invitation is
 * sent twice.
 */
export function useAccountInvitations(roleOf: (text: string) => Role | '') {
  const { t } = useI18n();
  const { national, several } = useRights();
  const structure = ref<{ id: string; name: string } | null>(null);
  const rows = reactive<InviteRow[]>(Array.from({ length: FIRST_ROWS }, (_, at) => emptyRow(at + 1)));
  const busy = ref(false);
  const checked = ref(false);
  const problem = shallowRef<ApiProblem | null>(null);
  const domain = useColleaguesDomain(() => (several.value ? (structure.value?.id ?? null) : undefined));
  const structureMissing = computed(() => checked.value && several.value && !structure.value);
  const waiting = computed(() => rows.filter((row) => !row.sent && !isBlank(row)));
  const sent = computed(() => rows.filter((row) => row.sent).length);

  watch(domain, (now, before) => rows.forEach((row) => propose(row, proposalFor(row, before), now)));

  /** Sets a cell, and updates the proposals that no one overwrote. */
  function set(row: InviteRow, field: InviteField, value: string) {
    const before = proposalFor(row, domain.value);
    if (field === 'role') row.role = roleOf(value);
    else row[field] = value;
    row.refused = { ...row.refused, [field]: undefined };
    row.problem = '';
    if (field === 'lastName' || field === 'firstName') propose(row, before, domain.value);
    if (row === rows.at(-1) && !isBlank(row)) add();
  }
  function propose(row: InviteRow, before: { username: string; email: string }, now: string) {
    const proposal = proposalFor(row, now);
    if (row.username === before.username) row.username = proposal.username;
    if (row.email === before.email) row.email = proposal.email;
  }
  function add() {
    if (rows.length < MOST_ROWS) rows.push(emptyRow(rows.length + 1));
  }
  /** Pastes cells copied from a spreadsheet, from this cell on. Returns whether there was more than one. */
  function paste(row: InviteRow, field: InviteField, text: string): boolean {
    const cells = cellsOf(text);
    const start = rows.indexOf(row);
    for (const [at, line] of cells.entries()) {
      if (!rows[start + at]) add();
      const target = rows[start + at];
      if (target && !target.sent) fill(target, INVITE_FIELDS.indexOf(field), line);
    }
    return cells.length > 0;
  }
  function fill(row: InviteRow, from: number, cells: readonly string[]) {
    for (const [at, cell] of cells.entries()) {
      const field = INVITE_FIELDS[from + at];
      // An empty cell keeps the proposal.
      if (!field || !cell) continue;
      set(row, field, cell);
      if (!row.left.includes(field)) row.left.push(field);
    }
  }
  const leave = (row: InviteRow, field: InviteField) => {
    if (!row.left.includes(field)) row.left.push(field);
  };
  /** Errors of the cells that lost the focus, as sentences. */
  function errorsOf(row: InviteRow): Partial<Record<InviteField, string>> {
    const faults = Object.entries(faultsOf(row, rows)) as [InviteField, InviteFault | undefined][];
    const said = faults.filter(([field, fault]) => fault && row.left.includes(field));
    return Object.fromEntries(
      said.map(([field, fault]) => [field, t(`administration.invite.fault.${fault}`)]),
    );
  }

  /** Whether all lines were sent. */
  async function send(): Promise<boolean> {
    checked.value = true;
    problem.value = null;
    if (busy.value || structureMissing.value) return false;
    busy.value = true;
    for (const row of waiting.value) {
      row.left = [...INVITE_FIELDS];
      if (!Object.values(faultsOf(row, rows)).some(Boolean)) await invite(row);
      if (problem.value) break;
    }
    busy.value = false;
    return waiting.value.length === 0;
  }
  async function invite(row: InviteRow) {
    try {
      await inviteAccount({
        displayName: nameOf(row),
        ...(row.firstName.trim() && { givenName: row.firstName.trim() }),
        ...(row.lastName.trim() && { familyName: row.lastName.trim() }),
        username: row.username.trim(),
        email: row.email.trim(),
        roles: [row.role as Role],
        ...(several.value && { structureId: structure.value!.id }),
      });
      row.sent = true;
    } catch (failure) {
      if (!(failure instanceof ApiProblem)) throw failure;
      if (OF_ONE.includes(failure.code)) refuse(row, failure);
      else problem.value = failure;
    }
  }
  function refuse(row: InviteRow, failure: ApiProblem) {
    for (const field of ['email', 'username'] as const) {
      const reason = failure.reasonOf(field);
      if (reason) row.refused[field] = reason === 'taken' ? 'taken' : 'format';
    }
    row.problem = Object.values(row.refused).some(Boolean) ? '' : failure.code;
  }
  return {
    national,
    several,
    structure,
    structureMissing,
    rows,
    waiting,
    sent,
    domain,
    busy,
    problem,
    set,
    add,
    paste,
    leave,
    errorsOf,
    send,
  };
}
