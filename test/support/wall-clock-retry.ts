/**
 * Browser tests and tests of the live clock wait for real time. On a machine with other work one of them can run out of it,
 * so it gets a second try, and the first failure is printed. Tests of pure code and of the virtual clock get none.
 */
const WALL_CLOCK = /[\\/]test[\\/](?:sidebar|workbench|browser|bundle|house|emulators|adapters|contracts)[\\/]/;

if (WALL_CLOCK.test(expect.getState().testPath ?? "")) jest.retryTimes(1, { logErrorsBeforeRetry: true });
