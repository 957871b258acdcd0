import { beforeEach, describe, expect, it, vi } from 'vitest';
import * as administration from '../../../api/administration.api';
import * as applications from '../../../api/applications.api';
import * as journal from '../../../api/journal.api';
import { referenceIn, search } from './palette-search';

vi.mock('../../../api/administration.api');
vi.mock('../../../api/applications.api');
vi.mock('../../../api/journal.api');
const NONE = { items: [], nextCursor: null, total: null };
const REQUEST = '01a20e4e-451d-7222-8b7c-000000000000';

describe('what is typed in the search from anywhere', () => {
  beforeEach(() => {
    vi.mocked(administration.listAccounts).mockResolvedValue(NONE);
    vi.mocked(administration.listStructures).mockResolvedValue(NONE);
    vi.mocked(journal.listEvents).mockResolvedValue(NONE);
    vi.mocked(applications.listOwnApplications).mockResolvedValue([]);
  });

  it('may be the reference of a code, or of a request', () => {
    expect(referenceIn('frh9')).toEqual({ code: 'FRH9' });
    expect(referenceIn(REQUEST.toUpperCase())).toEqual({ request: REQUEST });
    for (const other of ['Paul', 'FRH', 'FRH99', '%%%%', 'claire martin'])
      expect(referenceIn(other)).toBeNull();
  });

  it('asks the journal for a reference alone, and for structures on behalf of the nation alone', async () => {
    await search('paul', { administers: true, administersSeveral: false });
    expect(administration.listStructures).not.toHaveBeenCalled();
    expect(journal.listEvents).not.toHaveBeenCalled();
    await search('FRH9', { administers: true, administersSeveral: true });
    expect(administration.listStructures).toHaveBeenCalledOnce();
    expect(journal.listEvents).toHaveBeenCalledWith({ code: 'FRH9' }, undefined, 5);
  });
});
