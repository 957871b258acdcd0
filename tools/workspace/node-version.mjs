// Imported first: later imports need the Node version that this file checks.
const [major, minor] = process.versions.node.split('.').map(Number);

if (major < 20 || (major === 20 && minor < 19)) {
  console.error(
    `Portillon needs Node.js 20.19 or newer, and this is ${process.versions.node}.\n` +
      'Get a current one from https://nodejs.org, then run the same command again.',
  );
  process.exit(1);
}
