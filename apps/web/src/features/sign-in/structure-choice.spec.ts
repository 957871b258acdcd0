import { mount } from '@vue/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { open, page, press, router, settle, text, typeCode, typePassword } from '../../../test/pages';
import { account, interaction, sentNow, SERVICE, session } from '../../../test/samples';
import * as accountApi from '../../api/account.api';
import { listOwnApplications } from '../../api/applications.api';
import * as interactionApi from '../../api/interaction.api';
import { ApiProblem } from '../../api/problem';
import * as membershipApi from '../../api/membership.api';
import * as serviceApi from '../../api/service.api';
import * as sessionApi from '../../api/session.api';
import * as signInApi from '../../api/sign-in.api';
import type { Session } from '../../api/types';
import { leavePage } from '../../composables/page/leave-page';
import { useSessionStore } from '../../stores/session.store';
import AppHeader from '../shell/AppHeader.vue';

vi.mock('../../api/account.api');
vi.mock('../../api/applications.api');
vi.mock('../../api/interaction.api');
vi.mock('../../api/membership.api');
vi.mock('../../api/service.api');
vi.mock('../../api/session.api');
vi.mock('../../api/sign-in.api');
vi.mock('../../composables/page/leave-page');
const sessions = vi.mocked(sessionApi);
const memberships = vi.mocked(membershipApi);
const requests = vi.mocked(interactionApi);

const place = (id: string, name: string, post: string | null = null) => ({
  ...{
    id,
    name,
    kind: 'establishment' as const,
    function: post,
    finess: null,
    roles: ['professional'],
    manages: id === 'nord',
  },
});
const PLACES = [place('nord', 'Hôpital Nord'), place('sud', 'Clinique du Sud', 'Cardiologue')];
let places = PLACES;
/** Of a person of two structures, who worked for the second one last. */
function ofTwo(inUse = 'sud', changes: Partial<Session> = {}): Session {
  const base = session({ structures: PLACES, structureChosen: false, ...changes });
  const { id, name } = base.structures.find((one) => one.id === inUse)!;
  return { ...base, account: { ...base.account, structure: { id, name } } };
}
const offered = () => page.findAll('ul button:has(bdi)').map((one) => one.text());

beforeEach(() => {
  vi.resetAllMocks();
  places = PLACES;
  sessions.readSession.mockResolvedValue(ofTwo());
  memberships.chooseStructure.mockImplementation(async (id) =>
    ofTwo(id, { structures: places, structureChosen: true }),
  );
  vi.mocked(accountApi).getAccount.mockResolvedValue(account());
  vi.mocked(accountApi).listActivity.mockResolvedValue({ items: [], nextCursor: null });
  vi.mocked(accountApi).listBrowsers.mockResolvedValue([]);
  vi.mocked(listOwnApplications).mockResolvedValue([]);
  vi.mocked(serviceApi).listMeans.mockResolvedValue([{ id: 'password', available: true }]);
  vi.mocked(serviceApi).getService.mockResolvedValue({ ...SERVICE, demo: false });
});
afterEach(() => page.unmount());

describe('a person of several structures', () => {
  it('chooses one after the code, the last choice first, and comes to the wanted page', async () => {
    sessions.readSession.mockImplementation(() => Promise.reject(new ApiProblem('session.required')));
    vi.mocked(signInApi).signInWithPassword.mockResolvedValue({
      ...{ status: 'code-required', challenge: sentNow(), alternatives: [], sharedWorkstation: false },
    });
    vi.mocked(signInApi).submitSignInCode.mockResolvedValue(ofTwo());
    await open('/mon-compte');
    await typePassword();
    await typeCode();
    expect(text()).toContain('Vous travaillez aujourd’hui pour…');
    expect(offered()).toEqual(['Clinique du SudCardiologue', 'Hôpital Nord']);
    await press('Hôpital Nord');
    expect(memberships.chooseStructure).toHaveBeenCalledWith('nord');
    expect(router.currentRoute.value.fullPath).toBe('/mon-compte');
    expect(useSessionStore().account?.structure?.name).toBe('Hôpital Nord');
  });

  it('stays there while the choice fails', async () => {
    memberships.chooseStructure.mockImplementation(() => Promise.reject(new ApiProblem('internal')));
    await open('/');
    await press('Hôpital Nord');
    expect(page.find('[role=alert]').exists()).toBe(true);
    expect(router.currentRoute.value.path).toBe('/etablissement');
  });

  it.each<[string, Session]>([
    ['has chosen', ofTwo('sud', { structureChosen: true })],
    ['may only add a means', ofTwo('sud', { limitedTo: 'enrolment' })],
    ['works for a single one', session({ structures: [PLACES[0]!] })],
  ])('is not asked who %s', async (_, read) => {
    sessions.readSession.mockResolvedValue(read);
    await open('/');
    expect(text()).not.toContain('Vous travaillez aujourd’hui pour…');
  });

  it('opens public pages without it', async () => {
    await open('/accessibilite');
    expect(router.currentRoute.value.path).toBe('/accessibilite');
  });

  it('chooses among those that an application admits, before it opens', async () => {
    const [, sud] = PLACES;
    const est = place('est', 'Maison de l’Est');
    places = [...PLACES, est];
    sessions.readSession.mockResolvedValue(ofTwo('nord', { structures: places }));
    requests.readInteraction
      .mockResolvedValueOnce(interaction({ prompt: 'structure', structures: [sud!, est] }))
      .mockResolvedValue(interaction({ prompt: 'confirm-identity' }));
    requests.completeInteraction.mockResolvedValue('/back');
    sessionStorage.setItem('portillon.request', `${Date.now()} u1`);
    await open('/demande?request=u1');
    expect(text()).toContain('Orientation s’ouvrira pour cet établissement.');
    expect(offered()).toEqual(['Clinique du SudCardiologue', 'Maison de l’Est']);
    await press('Maison de l’Est');
    expect(memberships.chooseStructure).toHaveBeenCalledWith('est');
    expect(leavePage).toHaveBeenCalledWith('/back');
  });

  it('sees the one in use in the header, and changes it there', async () => {
    sessions.readSession.mockResolvedValue(ofTwo('sud', { structureChosen: true }));
    await open('/');
    const header = mount(AppHeader, { props: { railed: false }, global: { plugins: [router] } });
    await settle();
    await header.get('[aria-haspopup=dialog][title="Changer d’établissement"]').trigger('click');
    await settle();
    expect(document.querySelector('[role=dialog] [aria-current]')?.textContent).toContain('Clinique du Sud');
    await press('Hôpital Nord');
    expect(memberships.chooseStructure).toHaveBeenCalledWith('nord');
    expect(document.querySelector('[role=dialog]')).toBeNull();
    expect(header.text()).toContain('Hôpital Nord');
    header.unmount();
  });
});
