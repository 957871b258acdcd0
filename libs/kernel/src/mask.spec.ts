import { maskEmail, maskNationalId, maskPhone } from './mask';

describe('what a shared screen shows', () => {
  it.each([
    ['claire.martin@hopital.example', 'c•••@hopital.example'],
    ['é@x.example', 'é•••@x.example'],
    ['', '•••'],
  ])('of the address %s is %s', (address, masked) => expect(maskEmail(address)).toBe(masked));

  it.each([
    ['+33612345642', '06 •• •• •• 42'],
    ['+262692123442', '06 •• •• •• 42'],
    ['+687701234', '+687 7 •• •• •• 34'],
    ['+32470123442', '+32 4 •• •• •• 42'],
    ['nonsense', '••••'],
  ])('of the number %s is %s', (number, masked) => expect(maskPhone(number)).toBe(masked));

  it.each([
    ['899700366240', '89•••••••240'],
    ['1234567', '•••'],
  ])('of the national id %s is %s', (id, masked) => expect(maskNationalId(id)).toBe(masked));
});
