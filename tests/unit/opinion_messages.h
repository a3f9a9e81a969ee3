/* Messages signed for the tests, each with a key of its own, and the key records. */
#ifndef OPINION_MESSAGES_H
#define OPINION_MESSAGES_H

#define SIGNED_SHA1                                                                            \
	"DKIM-Signature: v=1; a=rsa-sha1; c=relaxed/relaxed; d=football.example.com; s=te"     \
	"st; h=from:subject; bh=2+689OSH6dJ8r+u45EO4VHIBWe8=; b=y8qymXkPbJnGaB3ZmsKT5eRkc"     \
	"6dkXdJh//XmW5JHwASdJVq7jJt9A47pgiIPdShJ3TYxLaeD\r\n S0VwabWS4ZkcU90Eju7u1x/zyF1FMl"   \
	"mEQOw0KIuK8lF3fGgQPxKFejMgIqwNDj6OshEp7aPd\r\n NwvDOymyb8TZiFhxqA3oAbVQTx0=\r\nFrom:" \
	" Ann <ann@football.example.com>\r\nSubject: signed\r\n\r\nHello.\r\n"
#define KEY_SHA1                                                                                         \
	"{\"fact\":\"dns\",\"name\":\"test._domainkey.football.example.com\",\"type\":\"TXT\",\"rdata\"" \
	":[\"\\\"v=DKIM1; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDRi1YRGCJap6HoKCbMmExwcBcH"            \
	"E5KaXYEMMB6ZLgDJhyYsW/sR390m6CPHvOT50ZVWV4ud1aJ2/XTaDBy4jrne24UOCqaGg94PjwUzyfnP"               \
	"mdVl58e+0iXKTCMA85TTbbfae+MOuTuQUwiopeNZlWvnOudsNh2Zsb89FEze0URLBQIDAQAB\\\"\"]}\n"
#define SIGNED_LONG                                                                            \
	"DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=football.example.com; s="     \
	"test; h=from:subject; bh=yZQq1c8wjBl0fZ4Wc/oraMCAG1mZJv5v/hlvyFy+t6A=; b=hmcJGxr"     \
	"FP3jy7Je8AH7sHVA21ty4Voyi3GLiDPfK07L+JveJJZKpd1y/cqVH7UkEYISDINnb\r\n /bz5//LIzLWu"   \
	"Ntg0Lz6Ww33dO20HA7P45zQnvA3XUkV10r6c2RwuEUWoLpuIdab7WZ3B7uEl\r\n a7naGKqfCc6jfdumq"   \
	"azGeWx0vXAJduxoUgsBd3Tek1DKzKG22XbMK1vs3WdquVSdXnBg7qAK\r\n fq0WNzftMqiGgLUCN8YFjg"   \
	"rAAa1UHDsgZIHZQ5SZVMWk1MHFnIRxxrbcjn/GJOXy7dUwnb0d\r\n J1VF+WC3TB5nTG+8QA3dl8nKIGB"   \
	"HlfoJUHWK9BBP988505Y1sNfY1QqjlQmTBojO26Lu67nc\r\n kk51rk8bUTsnC8AetYvzastiTYw7v4yL"   \
	"PWRTxg83v8HkaI3DsT+QKqXbgSYmfXO22ktTB7xX\r\n 84aP5lBXaVchMq50xWEc06LR0bBO0CIILf8R9"   \
	"NbOQQpUdmKhTaeYHenkNaZ6b6m+g4ISIZ/2\r\n ruUEsT2xSo/1yz1KWAyuY2FgMYVFDvJwayFflG8aFx"   \
	"t9eEZQi40KUPnmoya5vKUpucXp6Xyg\r\n 8OAL8EWwaQYMzs0SxGvSbqtVZ6pHZOFhBs7cu1pJHzafSCp"   \
	"eo2rw+J/9E7jDM38wpmuV4Oab\r\n mrX3Wg6UUGXDKPi1zZcU77NtOWRq5B+uBMWAD0Xrhdz1rJZKAQPv"   \
	"Xetg+p2jXB//u0mP+rlL\r\n g+BZkbXzJd1Hj3fawEaxJM9iFHU3e5YEWh98pCjMSEMw5re6hdlh01crn"   \
	"SRw9PgjPv99elq6\r\n M+dYDNkXD9j/4xeNHTVnQTO31Z3qYrr4a0JjA/sxKgXqTkvbWzQAZ3CCtrISjy"   \
	"WlTRHEwdNd\r\n eRM9qG22UAJ58YHrvgilMar+FJbnv+D+gztU1paskcxuObO4z4wgTGVM76oRIF5yzCE"   \
	"9JAiX\r\n r+/vnq5at65jy6kpbZ9IJ6PtKFesmveRXHTreFqBJku/qVVoUVCtkq/xfVYYpf2hMN2GoYgj"   \
	"\r\n +dpragbKBH5hMO0QpHe5KW1lSO46SSKGayLf35q/MyV5YFv22BEm0SfInFiHzCh3hTEzNcnr\r\n fu" \
	"YLMIuPTT+Xonh03hw+Lq4NcUkkPHmiBxFJ9vxAZtz0bcn1PRKNsXVJ9fAvVKzdtR8B36fj\r\n p65G0BZ"   \
	"BwZoc90dDjcnp96H++0OdRoa0GqA192FySDKTa2TI+ZS6eQYjMni6+2mD8L82vcj/\r\n l41tIyK4CMuX"   \
	"mFkr7pJJ85wPLUo7hnQ7Qekk2DsxEV/aI6rufrPQ/boQa0u4DgR9gywkfXfb\r\n 0asKSdNwUf/OKiKWt"   \
	"nln7oqLr8hmiv9+5ne+hEhb1oEX7wz8ZECSnGzGDaW5JkZk/X8i8w==\r\nFrom: Ann <ann@football"   \
	".example.com>\r\nSubject: signed\r\n\r\nHello.\r\n"
#define KEY_LONG                                                                                         \
	"{\"fact\":\"dns\",\"name\":\"test._domainkey.football.example.com\",\"type\":\"TXT\",\"rdata\"" \
	":[\"\\\"v=DKIM1; p=MIIEIjANBgkqhkiG9w0BAQEFAAOCBA8AMIIECgKCBAEA1F7ymvMb0dFfk0hYuyI9"            \
	"WA6VnVr7W1e3qDGG/dPKGoylixfu25cL0u1VWOPCOSITTvLjlYfBDTwVoYKWhtX0M3NhXr7nyq+O0KOh"               \
	"gsdTciOofD/bIlgZkD1KOPtQgITajMRtpZ6NK+JwwT2rHAuR9qJ7kgTp94BJfKfUp2nMKMAeEyYaXwqw"               \
	"2iBGAFWFqj4A94C\\\" \\\"rPEPTKXZsz2iXWbjGJBbF3BP56RS9/wf6xX9YRv34wG8JAMHjKGzcSyuOXqU"           \
	"GGquv/MUvMoX1AQCbuDgBkOZ111BprsGanqRZKLZn7elyY5aaM4rFP1lBsBSt1q7JruuVTl+jJYOwTfW"               \
	"p+3aY6yOq/JoyHG14xi8DcjSsBbWvxURwg1G9JNso0aHhyChcSyXaT8cwzC/X5fHEPi5f2IvqWbTvA9B"               \
	"tqvW5i42vpMgSk3GSaUfDA5KLygwpL\\\" \\\"gZ59Cu4+mHwkmlnFhLlzCdrTl051Qvw2b/8TBcGC6gERv"           \
	"tqARp21BWCaLCVg+pBvZgNQO0I3OGOVrW9H7T5f/b9JyPQlCYKMV5wEp3JZR1yWlFfJsqy2AAKlkxu7I"               \
	"rMzoEFp4bxrdmf7aO6D3jsprDlW9xO8ZhqmLEZ2SyL/dr52UEtjCn+oMq50jUExQlJOcZw0rlMoEJW0b"               \
	"8pHS2QvHZtXn5sSS54umLBPjAypg/ecf6sM6/f/wjHj9J\\\" \\\"mp1Z6NQRjys7g3bYtWYslPTu3WgnAq"           \
	"dVrl3sRnAtUSGR9A/UTQk+l1mBAuI/lJcsyt1+NJAH1Wm3ZVu4N6oQDjrG3YnE4jqVZh4zS6k3vAytTH"               \
	"htBvVCziThZW7EuKAjLVpZE4WQeNMnhDU0/Z2S3/Dmo53MV2RonlRjouNu8Yp/T5RsX/sAxSxTgZQIJa"               \
	"gVrowiV8lurcVbP+QZC3hv1YsZKO4u6ol82It6adyOv6ii8yN9Q2ztQrJ4MR\\\" \\\"+Lq4HMbPTjBcyWW"           \
	"zwu/5tVN69Mz1STteavi1nBAvjlf6mWBkuGlkH6v22YuGPGLYe32fV6GnKeDPO86DJnH7cVmKI7zO39G"               \
	"y8X4WTEvh5LyNpF/nWpkSo3h+gfVyFBql9qjAYqbohMw880Pavp2ccx8B07u0xS8ByKCsMO7JNFExuYV"               \
	"3h299ZEjfSUzE/RuD9uqT1Y1mtP2L6y6kQWRgvLQ1XvL5ABRNpdDttPkMcqOS7bL1uAct24+FAc\\\" \\\""           \
	"uEx9yzCoWv/1/23jWx348e+M5QbywzkdEOVYI8nxUh+q7KPOICY2ahaBeNRqmNxCLqDgD/JKS7J98Qg3"               \
	"I4Rz212OJNnHgTekum+51CkXKA2IxzRZp6Pz4jUkulkMxfvexypndtTb/RSKV9DT/R+IWBQQSrlKtj9q"               \
	"PT6mslCbpXQIDAQAB\\\"\"]}\n"
#define SIGNED_SHORT                                                                           \
	"DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=football.example.com; s="     \
	"test; h=from:subject; bh=yZQq1c8wjBl0fZ4Wc/oraMCAG1mZJv5v/hlvyFy+t6A=; b=d67mq7m"     \
	"C+x5wYE21qNrAXxWtxDsmkk/+/uHvK2L8l9n0cQgh9vWQ2zDHmrrbyKtUuE5WhHIq\r\n gA3uf8MLNtx5"   \
	"eCcdjKGTR3xtYR7UMP2vyUV9YNnCJwZXhZE2LjLWHO9k\r\nFrom: Ann <ann@football.example.co"   \
	"m>\r\nSubject: signed\r\n\r\nHello.\r\n"
#define KEY_SHORT                                                                                        \
	"{\"fact\":\"dns\",\"name\":\"test._domainkey.football.example.com\",\"type\":\"TXT\",\"rdata\"" \
	":[\"\\\"v=DKIM1; p=MHwwDQYJKoZIhvcNAQEBBQADawAwaAJhAKwmtLbgIW+hRmutbLQa9DpApief0KS+"            \
	"U9YkPEsP4bskV+QMa1A5es7Tma+kcNQ9qm2GA99uKZr5ofRWPkBqjB8iofYS1C2ma713KPMFkWLMykZB"               \
	"Nk0VwVpGlHlS6gyc1QIDAQAB\\\"\"]}\n"

#endif
