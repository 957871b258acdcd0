import { UnsecuredJWT } from 'jose';
import { REDIRECT_URI, RelyingParty } from './harness/relying-party';
import { useStage } from './harness/stage';
import type { Visitor } from './harness/visitor';

/* What the plan by `form_post` adds to the basic one, as `openid-conformance.spec.ts` has that. */

const stage = useStage();
const REQUEST_OBJECT = new UnsecuredJWT({ redirect_uri: REDIRECT_URI, response_mode: 'form_post' }).encode();

describe('oidcc-formpost-basic-certification-test-plan', () => {
  let party: RelyingParty;
  let browser: Visitor;
  beforeAll(async () => {
    party = await RelyingParty.register(stage);
    browser = (await stage.signedIn()).browser;
  });

  async function posted(parameters: Record<string, string>) {
    const { url, checks } = await party.request({ response_mode: 'form_post', ...parameters });
    const { headers, text } = await browser.get(`${url.pathname}${url.search}`);
    expect(headers.location).toBeUndefined();
    expect(text).toContain(`action="${REDIRECT_URI}"`);
    const inputs = [...text.matchAll(/name="(\w+)" value="([^"]*)"/g)];
    const form = new URLSearchParams(inputs.map(([, name, value]) => [name!, value!] as [string, string]));
    return { form, checks };
  }

  it('oidcc-server: the code and the state come by a form, and the code is good', async () => {
    const { form, checks } = await posted({});
    const back = new URL(`${REDIRECT_URI}?${form.toString()}`);
    expect((await party.redeem({ back, checks })).claims()).toMatchObject({ aud: party.id });
  });

  it('oidcc-prompt-none-not-logged-in: the error comes by a form', async () => {
    const stranger = stage.visitor();
    const { url } = await party.request({ response_mode: 'form_post', prompt: 'none' });
    const { text } = await stranger.get(`${url.pathname}${url.search}`);
    expect(text).toContain('name="error" value="login_required"');
  });

  it.each([
    ['of the request', {}, 'eyJhbGciOiJub25lIn0.e30.'],
    ['of the object itself', { response_mode: '' }, REQUEST_OBJECT],
  ])(
    'oidcc-unsigned-request-object-supported-correctly-or-rejected-as-unsupported: is refused by the response mode %s',
    async (_, parameters, request) => {
      const { form } = await posted({ ...parameters, request });
      expect(form.get('error')).toBe('request_not_supported');
    },
  );
});
