"""Jobs that mail notices."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from khue.notices import mail


@app.task(name="notices.mail_urgent", retry=RetryStrategy(max_attempts=8, exponential_wait=5))
def mail_urgent(notices: list[int]) -> None:
    """Mail urgent notices at once; tried again while the mail server is away."""
    mail.mail_urgent(notices)


@app.periodic(cron="*/20 * * * *")
@app.task(name="notices.send_digests", queueing_lock="notices.send_digests", priority=-1)
def send_digests(timestamp: int) -> None:  # noqa: ARG001  # the moment it was due; what counts is who had none today
    """Send the digests of the day that have not gone out yet, after whatever else waits: where nothing ran at night,
    the reminders of the morning are still to be written."""
    mail.send_digests()
