import { createTreeWithEmptyWorkspace } from '@nx/devkit/testing';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { ROOT } from '../workspace/command.mjs';
import lib from './lib.mjs';
import route from './route.mjs';

const READ = [
  'apps/api/package.json',
  'apps/api/src/lib-modules.ts',
  'apps/api/src/persistence-parts.ts',
  ...['access', 'audit', 'kernel', 'persistence', 'testing'].map((one) => `libs/${one}/package.json`),
];
let tree;

beforeEach(() => {
  tree = createTreeWithEmptyWorkspace();
  for (const file of READ) tree.write(file, readFileSync(join(ROOT, file)));
});

const text = (file) => tree.read(file, 'utf8');
const manifest = (name) => JSON.parse(text(`libs/${name}/package.json`));

describe('nx g lib', () => {
  it('makes a domain with its table, and gives both to the server', async () => {
    await lib(tree, { name: 'coupon-book', type: 'domain' });
    expect(manifest('coupon-book').nx.tags).toEqual(['type:domain', 'scope:coupon-book']);
    expect(text('libs/coupon-book/src/coupon-book.entity.ts')).toContain("@Entity('couponBook')");
    expect(text('libs/coupon-book/README.md')).toContain('## Guarantees');
    expect(text('apps/api/src/persistence-parts.ts')).toContain('  couponBookPersistence,\n];');
    expect(text('apps/api/src/lib-modules.ts')).toContain('    CouponBookModule,\n  ];');
    expect(text('apps/api/package.json')).toContain('"@portillon/coupon-book": "*"');
  });

  it('refuses a library whose name exists', async () => {
    await expect(lib(tree, { name: 'kernel', type: 'domain' })).rejects.toThrow(
      'libs/kernel is there already',
    );
  });
});

describe('nx g route', () => {
  it('adds a use case and a controller to the module of a feature', async () => {
    await lib(tree, { name: 'coupon-desk', type: 'feature' });
    await route(tree, { name: 'coupon-spending', feature: 'coupon-desk', path: 'api/spendings' });
    expect(text('libs/coupon-desk/src/coupon-spending.controller.ts')).toContain(
      "@Controller('api/spendings')",
    );
    const module = text('libs/coupon-desk/src/coupon-desk.module.ts');
    expect(module).toMatch(/controllers: \[CouponSpendingController\b/);
    expect(module).toMatch(/providers: \[CouponSpendingService\b/);
    expect(Object.keys(manifest('coupon-desk').dependencies)).toContain('@portillon/access');
  });
});
