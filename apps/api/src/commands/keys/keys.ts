import { newKeyText } from '../../settings/demo-keys';

export function printNewKey(): void {
  console.log(newKeyText());
}
