export const startProduct = () => {
  throw new Error('no');
};
