/**
 * Preloaded into the command: pauses between tries come out as short as chance allows, and a server that keeps
 * silent is given a twenty-fifth of the time.
 */
Math.random = () => 0.01;

const timeout = AbortSignal.timeout.bind(AbortSignal);
AbortSignal.timeout = (milliseconds) => timeout(Math.ceil(milliseconds / 25));
