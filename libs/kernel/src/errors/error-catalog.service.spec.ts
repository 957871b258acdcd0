import { ErrorCatalogService } from './error-catalog.service';
import type { ErrorDefinitions } from './errors.types';

const words = { title: 'Bon', detail: 'Un bon.' };
const couponErrors = {
  'coupon.spent': { status: 409, fr: words, en: words },
} as const satisfies ErrorDefinitions;

describe('the catalogue of errors', () => {
  it('knows what the kernel and each lib registered, once though a module is imported twice', () => {
    const catalog = new ErrorCatalogService();
    catalog.register(couponErrors);
    catalog.register(couponErrors);
    expect(catalog.codes).toEqual(['validation.failed', 'service.busy', 'internal', 'coupon.spent']);
    expect(catalog.find('coupon.spent')).toEqual({ status: 409, fr: words, en: words });
    expect(catalog.find('coupon.lost')).toBeUndefined();
  });

  it('lets no lib have the code of another', () => {
    const catalog = new ErrorCatalogService();
    expect(() => catalog.register({ internal: couponErrors['coupon.spent'] })).toThrow('"internal"');
  });

  it('describes the fault of a field by its code, and an unknown code as malformed', () => {
    const catalog = new ErrorCatalogService();
    const form = { fr: 'Forme inattendue.', en: 'Unexpected form.' };
    catalog.register({}, { format: form, spent: { fr: 'Déjà utilisé.', en: 'Spent.' } });
    expect([catalog.fieldText('spent', 'fr'), catalog.fieldText('other', 'en')]).toEqual([
      'Déjà utilisé.',
      'Unexpected form.',
    ]);
  });
});
