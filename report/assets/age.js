// A page that is opened days after it was written says so: what it tells is of then.
{
  const age = document.getElementById('age');
  const looked = document.querySelector('.fresh time')?.dateTime;
  const days = looked ? Math.floor((Date.now() - new Date(looked).getTime()) / 86_400_000) : 0;
  if (age && days >= 1) age.textContent = ` That is ${days === 1 ? 'a day' : `${days} days`} ago now.`;
}
