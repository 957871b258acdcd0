import { createHash } from 'node:crypto';
import { createPool } from 'mysql2';

/** Runs one prepared statement at a time on MariaDB, without any layer around it. */
const pool = createPool({ uri: process.env.DATABASE_URL, connectionLimit: 10 });

export function execute(sql, values) {
  return new Promise((resolve, reject) => {
    pool.execute(sql, values, (error, result) => (error ? reject(error) : resolve(result)));
  });
}

/** Id and digest of the secret in the cookie `name` of a `Cookie` header. */
export function tokenIn(cookies, name) {
  const from = cookies.indexOf(`${name}=`) + name.length + 1;
  return { id: cookies.slice(from, from + 36), digest: sha256(cookies.slice(from + 37, from + 80)) };
}

export function sha256(text) {
  return createHash('sha256').update(text).digest('hex');
}
