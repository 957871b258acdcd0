import { bounded } from './bounded';

const BOUNDS = {
  lifeMs: { default: 600, min: 60, max: 600 },
  memory: { default: 19_456, min: 19_456, max: 1_048_576, unit: 'KiB' },
};

describe('a number among the options of a module', () => {
  it('has its default when it is omitted or undefined', () => {
    expect(bounded('CouponModule', BOUNDS, {})).toEqual({ lifeMs: 600, memory: 19_456 });
    expect(bounded('CouponModule', BOUNDS, { lifeMs: undefined })).toEqual({ lifeMs: 600, memory: 19_456 });
  });

  it('is accepted within its range only', () => {
    const given = { lifeMs: 60, memory: 1_048_576, publicUrl: 'https://coupon.example' };
    expect(bounded('CouponModule', BOUNDS, given)).toEqual({ lifeMs: 60, memory: 1_048_576 });
  });

  it.each([59, 601, 60.5, NaN, Infinity, -60, null as never, '60' as never])(
    'is refused as %p, with its module and its bounds',
    (lifeMs) => {
      expect(() => bounded('CouponModule', BOUNDS, { lifeMs })).toThrow(
        new RangeError('CouponModule.lifeMs must be a whole number from 60 to 600'),
      );
    },
  );

  it('is refused with its unit, if the name lacks it', () => {
    expect(() => bounded('CouponModule.passwords', BOUNDS, { memory: 8 })).toThrow(
      new RangeError('CouponModule.passwords.memory must be a whole number from 19456 to 1048576 KiB'),
    );
  });
});
