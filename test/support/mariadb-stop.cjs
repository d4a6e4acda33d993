module.exports = async () => {
  await globalThis.stopPrivateMariadb?.();
};
