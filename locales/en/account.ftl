## The pages of one's own account

account-picture-middle = In the middle
account-picture-top = At the top
account-picture-bottom = At the bottom
account-picture-left = On the left
account-picture-right = On the right
account-picture-top-left = At the top left
account-picture-top-right = At the top right
account-picture-bottom-left = At the bottom left
account-picture-bottom-right = At the bottom right
account-picture-all = As much as fits
account-picture-three-quarters = Three quarters of that
account-picture-half = Half of that
