import { writeFileSync } from 'node:fs';
import { MAP, drawnMap } from './checks/map.mjs';

// Updates docs/guide/map.md. Run it after adding or removing a package or a dependency.
writeFileSync(MAP, await drawnMap());
