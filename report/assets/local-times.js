// Adds the reader's own time to each time of the page, which is UTC. Without it nothing is missing.
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
const day = new Intl.DateTimeFormat('en-CA', { year: 'numeric', month: '2-digit', day: '2-digit' });
const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });

let isElsewhere = false;
for (const element of document.querySelectorAll('time')) {
  const date = new Date(element.dateTime);
  if (Number.isNaN(date.getTime()) || date.getTimezoneOffset() === 0) continue;
  isElsewhere = true;
  const here = document.createElement('span');
  here.className = 'here';
  const isSameDay = day.format(date) === date.toISOString().slice(0, 10);
  here.textContent = ` (${isSameDay ? '' : `${day.format(date)} `}${clock.format(date)} here)`;
  element.after(here);
}

const note = document.getElementById('zone');
if (note && isElsewhere) {
  note.textContent = ` “Here” is ${zone}.`;
}
