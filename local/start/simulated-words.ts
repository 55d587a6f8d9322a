/** That a run reads the simulated Braze is the first thing that it says. */
export const simulatedWords =
  'Simulated Braze: what follows is made up on this machine, and no workspace of yours.';
export const realWords =
  'Yours: BRAZE_API_KEY_FILE=FILE npm start -- --endpoint https://rest.fra-01.braze.eu';
