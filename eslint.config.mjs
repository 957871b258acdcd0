import { createProjectGraphAsync } from '@nx/devkit';
import nx from '@nx/eslint-plugin';
import json from '@eslint/json';
import vue from 'eslint-plugin-vue';
import { defineConfig, globalIgnores } from 'eslint/config';
import { join } from 'node:path';
import tseslint from 'typescript-eslint';
import { boundaries, boundariesInTests } from './tools/lint/boundaries.mjs';
import { cryptography, CRYPTOGRAPHERS } from './tools/lint/cryptography.mjs';
import {
  clockAndChance,
  collaborators,
  correctness,
  environment,
  form,
  httpErrors,
  randomness,
} from './tools/lint/rules.mjs';
import { webLayers } from './tools/lint/web-layers.mjs';

// Without a graph on disk the boundaries rule skips itself in silence: make it before any file is read. As a task of
// Nx we find the one that it has just made.
if (!process.env.NX_TASK_TARGET_PROJECT) await createProjectGraphAsync();

const TESTS = ['**/*.spec.ts', 'libs/testing/src/**', 'libs/*/src/testing/**/*.ts', 'apps/*-e2e/**/*.ts'];
/** The files that may import `node:crypto` or `jose`. */
const CRYPTOGRAPHY = Object.keys(CRYPTOGRAPHERS);
// The client speaks the browser's types and is not part of the server's program.
const TYPED = ['libs/!(api-client)/src/**/*.ts', 'apps/{api,api-e2e,web-e2e}/src/**/*.ts'];
// One program knows all of the server; `nx lint` takes one project at a time, from its folder.
const PROGRAMS =
  process.env.NX_TASK_TARGET_TARGET === 'lint'
    ? [join(process.cwd(), 'tsconfig.json')]
    : ['./tsconfig.json', './apps/web-e2e/tsconfig.json'];

export default defineConfig(
  globalIgnores([
    '**/{dist,coverage,test-results,playwright-report}',
    '.nx',
    'data',
    'tmp',
    'libs/api-client/src/generated',
    // Linted where its test puts them.
    'proofs/workspace/recipes',
  ]),
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },

  { files: ['**/*.{ts,vue,mjs,cjs,js}'], rules: { ...correctness, ...form } },
  {
    files: ['**/*.{mjs,cjs,js}'],
    languageOptions: { globals: nodeGlobals() },
    rules: { 'no-undef': 'error' },
  },
  {
    files: ['**/*.{ts,vue}'],
    extends: [tseslint.configs.recommended],
    rules: {
      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true, argsIgnorePattern: '^_' }],
    },
  },
  { files: TYPED, ignores: TESTS, extends: [tseslint.configs.recommendedTypeChecked] },
  {
    files: TYPED,
    languageOptions: { parserOptions: { project: PROGRAMS, tsconfigRootDir: import.meta.dirname } },
  },
  {
    files: TYPED,
    rules: {
      // A method that its interface makes asynchronous need not wait for anything.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { arguments: false } }],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
    },
  },

  // A text under a key that comes twice is lost without a word.
  {
    files: ['apps/web/src/locales/**/*.json'],
    plugins: { json },
    language: 'json/json',
    rules: { 'json/no-duplicate-keys': 'error' },
  },

  { files: ['apps/*-e2e/**/*.cjs'], languageOptions: { globals: { jest: 'readonly' } } },

  { plugins: { '@nx': nx } },
  { files: ['{apps,libs}/**/*.{ts,vue}'], ignores: TESTS, rules: boundaries },
  // Hostile texts look like templates.
  { files: TESTS, rules: { ...boundariesInTests, 'no-template-curly-in-string': 'off' } },

  { files: ['libs/*/src/**/*.ts'], ignores: ['libs/testing/src/**'], rules: { 'no-console': 'error' } },
  {
    files: ['libs/*/src/**/*.ts', 'apps/api/src/**/*.ts'],
    ignores: ['libs/testing/src/**', 'libs/nest-guard/src/**', 'apps/api/src/settings/**'],
    rules: { 'no-restricted-syntax': ['error', ...collaborators, ...clockAndChance, ...environment] },
  },
  // Other teams install it alone: it has neither our Clock nor our errors.
  { files: ['libs/nest-guard/src/**/*.ts'], rules: { 'no-restricted-syntax': ['error', ...environment] } },
  {
    files: ['apps/api/src/settings/**/*.ts'],
    rules: { 'no-restricted-syntax': ['error', ...collaborators, ...clockAndChance] },
  },
  {
    files: ['libs/kernel/src/{clock,random}.ts'],
    rules: { 'no-restricted-syntax': ['error', ...environment] },
  },
  {
    files: ['libs/*/src/**/*.ts', 'apps/api/src/**/*.ts'],
    ignores: [...TESTS, 'apps/api/src/**/testing/**', ...CRYPTOGRAPHY],
    rules: { 'no-restricted-imports': ['error', { paths: cryptography }] },
  },
  {
    files: ['libs/*/src/**/*.ts'],
    ignores: [...TESTS, ...CRYPTOGRAPHY, 'libs/{http,nest-guard}/**'],
    rules: { 'no-restricted-imports': ['error', { paths: [...cryptography, httpErrors] }] },
  },
  {
    files: CRYPTOGRAPHY.filter((file) => file.startsWith('libs/')),
    ignores: ['libs/kernel/src/{random,keyring}.ts', 'libs/nest-guard/**'],
    rules: { 'no-restricted-imports': ['error', { paths: [randomness, httpErrors] }] },
  },

  // The words of a language are a table, not code.
  { files: ['libs/*/src/locales/*.ts', 'libs/*/src/*.texts.{fr,en}.ts'], rules: { 'max-lines': 'off' } },
  { files: ['apps/web/**/*.{ts,vue}'], extends: [vue.configs['flat/recommended']] },
  {
    files: ['apps/web/**/*.{ts,vue}'],
    extends: [webLayers],
    languageOptions: { parserOptions: { parser: tseslint.parser } },
    rules: {
      // Form belongs to Prettier.
      'vue/html-indent': 'off',
      'vue/html-self-closing': 'off',
      'vue/html-closing-bracket-newline': 'off',
      'vue/max-attributes-per-line': 'off',
      'vue/singleline-html-element-content-newline': 'off',
      'vue/multiline-html-element-content-newline': 'off',
      // A view is named by its route.
      'vue/multi-word-component-names': 'off',
      // TypeScript tells what is optional.
      'vue/require-default-prop': 'off',
      'vue/no-v-html': 'error',
    },
  },
);

/** TypeScript knows them from its types; the rest of the code asks the Node that lints. */
function nodeGlobals() {
  const names = [...Object.getOwnPropertyNames(globalThis), 'require', 'module', '__dirname', '__filename'];
  return Object.fromEntries(names.map((name) => [name, 'readonly']));
}
