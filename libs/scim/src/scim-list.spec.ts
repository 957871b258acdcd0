import { listOf, pageOf } from './scim-list';

describe('the part of a list that a directory asks for', () => {
  it.each([
    [{}, { offset: 0, limit: 100 }],
    [
      { startIndex: '11', count: '10' },
      { offset: 10, limit: 10 },
    ],
    [
      { startIndex: '0', count: '-5' },
      { offset: 0, limit: 0 },
    ],
    [
      { startIndex: '-3', count: '1000' },
      { offset: 0, limit: 100 },
    ],
    [
      { startIndex: '999999999', count: '0' },
      { offset: 999_999, limit: 0 },
    ],
    [
      { startIndex: 'x', count: '1e9' },
      { offset: 0, limit: 100 },
    ],
    [
      { startIndex: ['2', '3'], count: '9'.repeat(400) },
      { offset: 0, limit: 100 },
    ],
  ])('is, of %j, %j', (query, page) => {
    expect(pageOf(query)).toEqual(page);
  });

  it('is answered with how many there are in all', () => {
    expect(listOf([{}, {}], 7, 4)).toEqual({
      schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
      totalResults: 7,
      startIndex: 5,
      itemsPerPage: 2,
      Resources: [{}, {}],
    });
  });
});
