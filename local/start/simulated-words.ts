/** That a run reads the simulated Braze is the first thing that it says. */
export const simulatedWords =
  'Simulated Braze: what follows is made up, and nothing of a workspace of yours.';
export const realWords = 'Yours: npm start -- --endpoint URL, with the key in BRAZE_API_KEY_FILE.';
