#!/usr/bin/env node
import { resolve } from 'node:path';
import { makeAuthority } from './authority.mjs';

// node tools/test-authority/make.mjs <folder> [host]
const [folder, host] = process.argv.slice(2);
if (!folder) {
  console.error('Usage: node tools/test-authority/make.mjs <folder> [host of the server]');
  process.exit(2);
}
makeAuthority(resolve(folder), { ...(host ? { host } : {}) });
console.log(`Made in ${resolve(folder)}: trust.pem, authorities/, cards/, server.pem`);
